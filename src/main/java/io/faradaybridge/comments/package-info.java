/**
 * Comments that are copied: those in Faraday that begin with {@code @jira} to the issue, those on the issue to the
 * vulnerability. What was copied is recorded by the ids of both sides and is never sent back. Nothing here touches the status
 * or the lease of a link.
 */
@NullMarked
package io.faradaybridge.comments;

import org.jspecify.annotations.NullMarked;
