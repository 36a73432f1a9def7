/** What templates see of a vulnerability: the data that the enrichment SQL reads, with the names of Faraday's API. */
@NullMarked
package io.faradaybridge.export.data;

import org.jspecify.annotations.NullMarked;
