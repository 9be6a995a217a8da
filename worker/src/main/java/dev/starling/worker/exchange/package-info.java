/**
 * The means by which a gang averages. An {@code Exchange} is one replica's end of it: {@code SharedMemoryExchange} where all replicas live in one JVM, {@code PeerExchange}
 * where they live in several; {@code Rendezvous} finds out which. The bits depend on ranks and weights alone: {@code TreeMean} sums by a fixed tree over ranks. Depends on
 * {@code memory} and {@code wire}.
 *
 * <p>How a round flows between JVMs. Every vector is cut into one slice per rank, slices into pieces of 256 KB; a JVM owns the slices of its ranks.
 *
 * <ol>
 *   <li>The replicas of a JVM wait for each other. The first of them sends the reports of all to every peer.
 *   <li>They share out the pieces among them. Of another's piece they send <em>up</em> to its owner what they give: straight from a replica's vector, or, where
 *       the JVM has all ranks of a whole subtree of the tree, one sum of these. Ranks that are no whole subtree go one by one: a sum of them would change bits.
 *   <li>The owner's transport thread takes peers' parts into memory that was made for them at the start. The last part of a piece, its own counting as one, makes it sum
 *       along the tree, divide, write the mean over its replica's vector and send it <em>down</em> to every peer from there.
 *   <li>Means arrive straight in the vector of the JVM's first replica. When all are here, all sent and all reports known, the replicas wake, the others copy the first
 *       one's vector, and all go on.
 * </ol>
 *
 * <p>Why no locks and no second copies are needed. A peer sends its part of round t + 1 only once it has all means of round t, so each owner's memory is free by then; a
 * mean comes back only when the owner has had all parts of the piece, so what it overwrites has been sent; and a round ends only when the last mean is in the socket, so
 * the vector may change afterwards. What a replica says at an epoch's end (small, any length) goes the same way as the reports.
 *
 * <p>Under {@code Compression.FP16} the parameters travel as {@code HalfTrack} says, every rank's part by itself: what replicas give and get then lies in halves beside their
 * vectors. Only the parameters: an optimiser's second moments change by less than half precision knows, and must not become negative. Batch normalisation's statistics are
 * among the parameters and pooled as before: what is averaged is linear in them. An error of theirs is fed back as all others are, and the variance never falls below 0.
 *
 * <p>Nobody waits unwatched: each JVM beats for itself, and from one that falls silent or breaks off all peers learn who and why; a replica that fails tells all.
 */
package dev.starling.worker.exchange;
