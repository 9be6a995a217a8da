"""gloo's all-reduce of 1.68 M floats, for deploy/bench exchange: arguments rank and a file for the rendezvous; a line on standard input is a number of rounds, their
milliseconds go to standard output, 0 for bytes on the heap, and milliseconds of processor time a round.
"""
import sys, time
import torch
import torch.distributed as dist

PARAMETERS = 1_681_898
rank, rendezvous = int(sys.argv[1]), sys.argv[2]
torch.set_num_threads(1)
dist.init_process_group("gloo", init_method="file://" + rendezvous, rank=rank, world_size=2)
values = torch.empty(PARAMETERS)
for line in sys.stdin:
    times, cpu = [], 0.0
    for _ in range(int(line)):
        values.fill_(1.0 + rank)
        dist.barrier()
        start, busy = time.perf_counter(), time.process_time()
        dist.all_reduce(values)
        values /= 2
        times.append((time.perf_counter() - start) * 1e3)
        cpu += (time.process_time() - busy) * 1e3 / int(line)
        assert float(values.min()) == float(values.max()) == 1.5
    print(*times, 0.0, cpu, flush=True)
