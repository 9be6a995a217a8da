package dev.starling.worker.plan;

import dev.starling.worker.memory.Arena;
import dev.starling.worker.memory.FlatVector;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/**
 * oneDNN for one plan: the engine, the stream, the memory that primitives work on and one scratch pad for all of them, since they run one after the other. Every
 * native object is kept until {@link #close}.
 */
final class OneDnn implements AutoCloseable {
    private static final memory.data_type FLOAT = memory.data_type.f32;

    private final engine cpu = new engine(org.bytedeco.dnnl.engine.kind.cpu, 0);
    private final stream queue = new stream(cpu);
    private final dnnl_stream streamHandle = queue.get();
    private final List<Object> kept = new ArrayList<>();
    private final List<Primitive> primitives = new ArrayList<>();
    private final StringBuilder implementations = new StringBuilder();
    private final Arena arena;

    /** @param arena outlives this */
    OneDnn(Arena arena) {
        this.arena = arena;
    }

    /** Whether oneDNN's library can be loaded on this machine. */
    static boolean isAvailable() {
        return Availability.LOADED;
    }

    private static final class Availability {
        private static final boolean LOADED = load();

        private static boolean load() {
            try {
                Loader.load(dnnl.class);
                return true;
            } catch (LinkageError missing) {
                return false;
            }
        }
    }

    engine engine() {
        return cpu;
    }

    /** rows × channels × height × width in plain order; flat data as rows × channels. */
    static memory.desc plain(int rows, int channels, int height, int width) {
        return height == 1 && width == 1
                ? describe(memory.format_tag.nc, rows, channels)
                : describe(memory.format_tag.nchw, rows, channels, height, width);
    }

    static memory.desc describe(memory.format_tag tag, long... dimensions) {
        return new memory.desc(dimensions, FLOAT, tag);
    }

    /** oneDNN's view of a vector, which is kept: oneDNN itself does not hold on to it. */
    memory memory(memory.desc layout, FlatVector over) {
        keep(over);
        return keep(new memory(layout, cpu, over.pointer()));
    }

    /** A vector that holds what has this layout, padding included. */
    FlatVector allocate(memory.desc layout) {
        return arena.allocate(Math.toIntExact((layout.get_size() + 3) / 4));
    }

    primitive_attr attributes() {
        primitive_attr attributes = keep(new primitive_attr());
        attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
        return attributes;
    }

    /**
     * A primitive with its arguments bound.
     *
     * @param arguments pairs of an argument's number (DNNL_ARG_…) and its memory
     * @throws Unplannable if oneDNN offers only a reference implementation, which is slower by orders of magnitude
     */
    Primitive primitive(String name, primitive made, primitive_desc_base description, Object... arguments)
            throws Unplannable {
        String implementation = description.impl_info_str().getString();
        if (isReference(description)) {
            throw new Unplannable(
                    "oneDNN has only its reference implementation for " + name + " (" + implementation + ")");
        }
        implementations.append(name).append('=').append(implementation).append(' ');
        return bind(name, made, description, arguments);
    }

    Primitive reorder(memory from, memory to) {
        return bind("reorder", new reorder(from, to), null, dnnl.DNNL_ARG_FROM, from, dnnl.DNNL_ARG_TO, to);
    }

    static boolean isReference(primitive_desc_base description) {
        return description.impl_info_str().getString().startsWith("ref");
    }

    private Primitive bind(String name, primitive made, primitive_desc_base description, Object... arguments) {
        keep(made);
        if (description != null) {
            keep(description);
        }
        Primitive bound = new Primitive(name, made, description, List.of(arguments));
        primitives.add(bound);
        return bound;
    }

    /** Ends the building: makes the scratch pad, as large as the largest need. */
    void seal() {
        long most = 0;
        for (Primitive p : primitives) {
            most = Math.max(most, p.scratchBytes());
        }
        FlatVector scratch = arena.allocate(Math.toIntExact(most / 4 + 16));
        for (Primitive p : primitives) {
            p.seal(this, scratch);
        }
    }

    /** oneDNN's names of what was chosen: the same names mean the same bits. */
    String implementations() {
        return implementations.toString().strip();
    }

    <T> T keep(T nativeObject) {
        kept.add(nativeObject);
        return nativeObject;
    }

    @Override
    public void close() {
        for (int i = kept.size() - 1; i >= 0; i--) {
            if (kept.get(i) instanceof Pointer pointer) {
                pointer.close();
            }
        }
        kept.clear();
        queue.close();
        cpu.close();
    }

    /** An operation ready to run. */
    static final class Primitive {
        private final String name;
        private final primitive made;
        private final primitive_desc_base description;
        private final List<Object> arguments;
        private dnnl_stream stream;
        private org.bytedeco.dnnl.dnnl_primitive handle;
        private dnnl_exec_arg_t bound;
        private int count;

        private Primitive(String name, primitive made, primitive_desc_base description, List<Object> arguments) {
            this.name = name;
            this.made = made;
            this.description = description;
            this.arguments = arguments;
        }

        private long scratchBytes() {
            return description == null ? 0 : description.scratchpad_desc().get_size();
        }

        private void seal(OneDnn oneDnn, FlatVector scratch) {
            int given = arguments.size() / 2;
            boolean needsScratch = scratchBytes() > 0;
            count = given + (needsScratch ? 1 : 0);
            bound = oneDnn.keep(new dnnl_exec_arg_t(count));
            for (int i = 0; i < given; i++) {
                bound.position(i).arg((Integer) arguments.get(2 * i)).memory(((memory) arguments.get(2 * i + 1)).get());
            }
            if (needsScratch) {
                memory pad = oneDnn.memory(description.scratchpad_desc(), scratch);
                bound.position(given).arg(dnnl.DNNL_ARG_SCRATCHPAD).memory(pad.get());
            }
            bound.position(0);
            handle = made.get();
            stream = oneDnn.streamHandle;
        }

        void run() {
            int status = dnnl.dnnl_primitive_execute(handle, stream, count, bound);
            if (status != dnnl.dnnl_success) {
                throw new IllegalStateException("Cannot run oneDNN's " + name + ": status " + status + " (expected 0)");
            }
        }
    }
}
