/** The table of vulnerabilities with their links, and the links in people's hands: link, unlink, replay. */
@NullMarked
package io.faradaybridge.vulnerabilities;

import org.jspecify.annotations.NullMarked;
