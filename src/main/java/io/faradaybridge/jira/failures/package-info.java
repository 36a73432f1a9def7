/** What it means that a call of Jira failed, and what follows from it. */
@NullMarked
package io.faradaybridge.jira.failures;

import org.jspecify.annotations.NullMarked;
