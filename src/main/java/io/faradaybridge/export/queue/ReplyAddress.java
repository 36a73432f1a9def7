package io.faradaybridge.export.queue;

import org.jspecify.annotations.Nullable;

/**
 * Where a reply goes.
 *
 * @param queue the name of a queue
 * @param correlation what the program finds its request by: its JMS correlation id, else the id of its message; null if it
 *     gave neither
 */
record ReplyAddress(String queue, @Nullable String correlation) {}
