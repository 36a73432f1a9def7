/** The fields of an issue: which kinds there are, how a value is stored in Faraday's row and how Jira wants it. */
@NullMarked
package io.faradaybridge.fields;

import org.jspecify.annotations.NullMarked;
