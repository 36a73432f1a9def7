/** What people are shown of links: how many there are, and why some are not in step. */
@NullMarked
package io.faradaybridge.link.reports;

import org.jspecify.annotations.NullMarked;
