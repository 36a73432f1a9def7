/**
 * The filters and tests of Jinja2, and Faraday's {@code datetimeformat}.
 */
@NullMarked
package io.faradaybridge.jinja2.filters;

import org.jspecify.annotations.NullMarked;
