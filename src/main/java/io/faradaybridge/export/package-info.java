/**
 * Exports: vulnerabilities become Jira issues, up to 50 in one call. The terms are defined in {@code docs/glossary.md};
 * the rules E1 to E7 that comments name are defined in {@code docs/protocol.md}, with the diagram of an item's states.
 *
 * <h2>What a row means</h2>
 *
 * <p>A row of {@code faraday_bridge.export_batch} is one request. A row of {@code faraday_bridge.export_item} is one
 * vulnerability of it:
 *
 * <ul>
 *   <li>{@code state}: {@code reserved}, {@code sending}, {@code unknown} and {@code linked} are active, and a vulnerability has
 *       one active item at most (E1); {@code held}, {@code refused}, {@code given-up} and {@code unlinked} have ended. How
 *       one state leads to another is in {@link io.faradaybridge.tables.ItemState}.
 *   <li>{@code faraday_status}: the vulnerability's status when it was reserved; it becomes the link's half of the pair.
 *   <li>{@code marker}, {@code labelled}: the issue carries them, so that it can be found if the answer to its creation
 *   is lost.
 *   <li>{@code sent_at}: saved before the call; the times for looking up count from it (E3).
 *   <li>{@code look_first}: an issue may exist already, so it is looked for before another is created (E4, E6).
 *   <li>{@code issue_id}, {@code issue_key}: evidence that the issue exists, accepted from anyone (E5).
 *   <li>{@code set_aside}: a user sent the refused item again, or does not want it exported.
 *   <li>{@code lease_*}, {@code retry_at}, {@code attempts}: as in a link (E2, E7).
 * </ul>
 *
 * <h2>In which order to read</h2>
 *
 * <ol>
 *   <li>{@link ExportReservation}, {@link ExportBatches}: a request becomes a batch with its items.
 *   <li>{@link ExportItem}, {@link ExportChunk}, {@link ExportItems}: the rows, and the statements with the rules in them.
 *   <li>{@link ExportFlow} and {@link CreateIssuesRoute}: the steps, in the order in which {@code routes/export.yaml} calls them.
 *   <li>{@link IssueScreen}, {@link io.faradaybridge.export.data.VulnerabilityView} and {@link IssueDraft}: the fields of the screen, the data for
 *   templates, and the issue to send.
 *   <li>{@link ExportLinking}: an issue that exists is linked, in one transaction.
 *   <li>{@link ExportLookup}: an issue whose creation had no answer is looked for.
 *   <li>{@link ExportFailures}: what follows for a chunk when a step fails.
 *   <li>{@link UnknownItems}: a user's decision about an unknown item, made in {@code export.inbox}.
 * </ol>
 *
 * <p>The other classes show exports in the API ({@link ExportProgress}), or what an export would send ({@link
 * ExportPreview}).
 */
@NullMarked
package io.faradaybridge.export;

import org.jspecify.annotations.NullMarked;
