/** Real processes: {@code deploy/local-cluster} itself, and Starling on it. May use everything. */
package dev.starling.tests.cluster;
