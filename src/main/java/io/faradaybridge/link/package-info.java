/**
 * Links: one row of {@code faraday_bridge.issue_link} for each vulnerability that has an issue in Jira, and the one decision
 * about it. The terms are defined in {@code docs/glossary.md}; the rules L1 to L15 that comments name are defined in
 * {@code docs/protocol.md}, each with what goes wrong without it and the test that holds it.
 *
 * <h2>What a row means</h2>
 *
 * <ul>
 *   <li>{@code faraday_status}, {@code jira_status_*}: the agreed pair. A side has moved only if it differs from its half.
 *   <li>{@code hints}, {@code hints_seen}, {@code echo_hints}, {@code faraday_hints*}: how many hints came, and how
 *   many a look has covered (L3, L4).
 *   <li>{@code lease_token}, {@code lease_until}: who works on the row, and until when (L1, L2).
 *   <li>{@code driving_*}: the intention, a transition that may be under way (L8).
 *   <li>{@code replaced_*}, {@code driven_*}, {@code unmoved}: a transition whose success no look has confirmed yet
 *   (L15).
 *   <li>{@code blocked_*}: why the decision cannot be carried out, and what it was based on (L5).
 *   <li>{@code retry_at}, {@code attempts}: when the next attempt is, and how often it failed.
 *   <li>{@code adopt_due}: the pair must be read again first. {@code ended_at}: the link has ended and is not worked
 *   on.
 * </ul>
 *
 * <h2>In which order to read</h2>
 *
 * <ol>
 *   <li>{@link DecisionRule} with {@link Decision} and {@link StatusPair}: the decision, a pure function.
 *   <li>{@link IssueLink} and {@link Hints}: the row as a record, and how an event is counted on it.
 *   <li>{@link Reconciliation} with {@link LinkWork} and {@link Observation}: the steps of one round, in the order in which
 *       {@code routes/reconcile.yaml} calls them, by way of {@link LinkFlow}.
 *   <li>{@link MakeTransitionRoute}, {@link JiraDrive}, {@link LinkDrives}, {@link OwnTransition}, {@link UnseenDrives}: a
 *       transition, from the intention to the proof that the issue has moved.
 *   <li>{@link IssueLinks}: the statements, with the rules in their conditions.
 *   <li>{@link LinkFailures} and {@link RetryDelay}: what becomes of the work when a step fails.
 *   <li>{@link DueLinks} and {@link FaradayComparison}: how the detector finds what is due.
 * </ol>
 *
 * <p>Further topics: issues that existed before the bridge ({@link ExistingIssues}, {@link AdoptedLinks}), how a link
 * ends ({@link LinkEndings}), projects that Jira renamed ({@link ProjectRenames}), and reports for the API ({@link
 * LinkReports}, {@link AdoptionReports}).
 */
@NullMarked
package io.faradaybridge.link;

import org.jspecify.annotations.NullMarked;
