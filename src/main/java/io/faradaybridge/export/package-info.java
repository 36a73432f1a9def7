/** Vulnerabilities become issues: batches, reservation, enriched view, creation. */
@NullMarked
package io.faradaybridge.export;

import org.jspecify.annotations.NullMarked;
