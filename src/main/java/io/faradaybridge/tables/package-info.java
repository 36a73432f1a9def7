/** What several packages share about the bridge's own tables: states of a row, SQL conditions, columns and their JSON. */
@NullMarked
package io.faradaybridge.tables;

import org.jspecify.annotations.NullMarked;
