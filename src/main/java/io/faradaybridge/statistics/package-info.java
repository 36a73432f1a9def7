/** What happened in figures: changes, failures by cause, Jira's answers and the age of due work, over a time. */
@NullMarked
package io.faradaybridge.statistics;

import org.jspecify.annotations.NullMarked;
