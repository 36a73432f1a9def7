/**
 * Exports that programs request by messages: the border of the queue vuln-export, and the replies to programs that wait for
 * the result of their batch.
 */
@NullMarked
package io.faradaybridge.export.queue;

import org.jspecify.annotations.NullMarked;
