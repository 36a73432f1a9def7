/** How a call gets to Jira: signing, network rules, deadlines, certificates, proxy. */
@NullMarked
package io.faradaybridge.jira.http;

import org.jspecify.annotations.NullMarked;
