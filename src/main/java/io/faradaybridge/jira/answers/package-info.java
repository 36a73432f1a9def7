/** What Jira answered, read into records. */
@NullMarked
package io.faradaybridge.jira.answers;

import org.jspecify.annotations.NullMarked;
