/** Sign-in with Faraday's accounts, and permissions. */
@NullMarked
package io.faradaybridge.access;

import org.jspecify.annotations.NullMarked;
