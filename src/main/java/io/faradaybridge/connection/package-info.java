/** Where Jira is and who we are to it: address, keys, authorization state, secrets. */
@NullMarked
package io.faradaybridge.connection;

import org.jspecify.annotations.NullMarked;
