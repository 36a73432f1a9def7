/** The table of vulnerabilities with their links, and what users do with links: link, unlink, replay. */
@NullMarked
package io.faradaybridge.vulnerabilities;

import org.jspecify.annotations.NullMarked;
