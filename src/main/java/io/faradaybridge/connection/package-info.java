/** Where Jira is and who the bridge is to it: address, key pair, OAuth, credentials, the state of the authorisation. */
@NullMarked
package io.faradaybridge.connection;

import org.jspecify.annotations.NullMarked;
