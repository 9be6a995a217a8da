/** The commands from arguments to exit status, output and stored files: in this JVM, as processes, and on a real HDFS. May use all modules. */
package dev.starling.tests.command;
