/** The documented configuration as records: projects, status mapping, field mapping. */
@NullMarked
package io.faradaybridge.configuration;

import org.jspecify.annotations.NullMarked;
