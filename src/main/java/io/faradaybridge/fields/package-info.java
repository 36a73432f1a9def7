/** The fields of an issue: their types, how a value is stored in Faraday's row and in which form Jira needs it. */
@NullMarked
package io.faradaybridge.fields;

import org.jspecify.annotations.NullMarked;
