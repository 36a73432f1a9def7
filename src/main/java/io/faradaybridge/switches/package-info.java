/** The switches of a project's directions, catching up after a pause with a user's yes, and the resync of a project. */
@NullMarked
package io.faradaybridge.switches;

import org.jspecify.annotations.NullMarked;
