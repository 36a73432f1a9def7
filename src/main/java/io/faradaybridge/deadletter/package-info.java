/** Messages that could not be worked on: kept, shown, replayed or discarded by a user. */
@NullMarked
package io.faradaybridge.deadletter;

import org.jspecify.annotations.NullMarked;
