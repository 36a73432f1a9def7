/**
 * Faraday's configuration row as records: projects, status mapping, ticket configuration, and whether the bridge
 * observes.
 */
@NullMarked
package io.faradaybridge.configuration;

import org.jspecify.annotations.NullMarked;
