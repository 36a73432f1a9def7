/**
 * The export rules of projects: vulnerabilities that match are exported without a request. {@link ExportRules} works on
 * them, on one replica at a time; {@link RuleMatching} has the conditions and the statements; {@link RuleSearch} decides
 * where to look in each turn.
 */
@NullMarked
package io.faradaybridge.export.rules;

import org.jspecify.annotations.NullMarked;
