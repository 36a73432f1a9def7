/** The only code that talks to Jira. Knows nothing of Faraday, of links or of projects' settings. */
@NullMarked
package io.faradaybridge.jira;

import org.jspecify.annotations.NullMarked;
