/** How an issue gets through its project's workflow: the transitions that Jira has shown, and the ways along them (L14). */
@NullMarked
package io.faradaybridge.workflow;

import org.jspecify.annotations.NullMarked;
