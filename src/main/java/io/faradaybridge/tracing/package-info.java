/**
 * Traces for OpenTelemetry, off unless {@code bridge.tracing.enabled}: spans of requests, messages, the work of links and
 * exports, and calls of Jira. The correlation id decides the id of the trace, so work is in the trace of its event on
 * whatever thread or replica it is done, and nothing else has to be stored or passed on.
 */
@NullMarked
package io.faradaybridge.tracing;

import org.jspecify.annotations.NullMarked;
