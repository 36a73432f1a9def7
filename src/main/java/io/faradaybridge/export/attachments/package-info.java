/**
 * The files of a vulnerability, which Faraday calls evidence, as attachments of its new issue, once. Nothing here touches the link, its lease or its status:
 * whatever fails, the issue is there and linked.
 */
@NullMarked
package io.faradaybridge.export.attachments;

import org.jspecify.annotations.NullMarked;
