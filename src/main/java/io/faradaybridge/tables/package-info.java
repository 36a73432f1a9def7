/** What several packages know of the bridge's own tables: the states of a row, and conditions that stand in one place only. */
@NullMarked
package io.faradaybridge.tables;

import org.jspecify.annotations.NullMarked;
