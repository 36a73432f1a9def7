/** What several packages share about the bridge's own tables: the states of a row, and SQL conditions. */
@NullMarked
package io.faradaybridge.tables;

import org.jspecify.annotations.NullMarked;
