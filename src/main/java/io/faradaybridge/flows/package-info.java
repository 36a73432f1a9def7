/** What the operator sees of the flows: how each route does, and in which of its files it is another than the shipped one. */
@NullMarked
package io.faradaybridge.flows;

import org.jspecify.annotations.NullMarked;
