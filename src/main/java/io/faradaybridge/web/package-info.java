/** What all calls of the API share: bodies, errors, limits of callers, and the OpenAPI document. */
@NullMarked
package io.faradaybridge.web;

import org.jspecify.annotations.NullMarked;
