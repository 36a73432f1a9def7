/**
 * A Jira to develop and test against: an HTTP server of its own, as strict and as unkind as a real one. It uses nothing of
 * the bridge, so that both hold an opinion of Jira independently.
 */
package io.faradaybridge.sandbox.jira;
