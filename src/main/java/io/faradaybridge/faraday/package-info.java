/** The only code that knows Faraday's tables, besides the enrichment SQL of the export flow. */
@NullMarked
package io.faradaybridge.faraday;

import org.jspecify.annotations.NullMarked;
