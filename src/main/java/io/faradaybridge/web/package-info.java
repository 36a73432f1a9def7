/** What all calls of the API share: bodies, errors and limits of callers. */
@NullMarked
package io.faradaybridge.web;

import org.jspecify.annotations.NullMarked;
