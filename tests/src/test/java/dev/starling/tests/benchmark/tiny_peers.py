"""PyTorch's time for a step of tiny networks, for deploy/bench tiny: a line on standard input names a network (4-16-2), its microseconds per step go to standard output.

ReLU, softmax cross-entropy, fused Adam 1e-3, batch 32 gathered from 2,048 examples in memory, float32, one thread, denormals flushed. Every measurement trains anew.
"""
import sys, time
import torch
from torch import nn

STEPS, WARM_UP, BATCH, ROWS = 3000, 300, 32, 2048
torch.set_num_threads(1)
torch.set_flush_denormal(True)


def microseconds(sizes):
    torch.manual_seed(1)
    layers = []
    for i, o in zip(sizes, sizes[1:]):
        layers += [nn.Linear(i, o), nn.ReLU()]
    model = nn.Sequential(*layers[:-1])
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
    loss = nn.CrossEntropyLoss()
    x = torch.randn(ROWS, sizes[0])
    y = (x @ torch.randn(sizes[0], sizes[-1]) + torch.randn(ROWS, sizes[-1])).argmax(1)  # learnable, but never by heart
    start = 0
    for step in range(WARM_UP + STEPS):
        if step == WARM_UP: start = time.perf_counter()
        if step % (ROWS // BATCH) == 0: parts = torch.randperm(ROWS).split(BATCH)
        part = parts[step % (ROWS // BATCH)]
        optimizer.zero_grad()
        loss(model(x[part]), y[part]).backward()
        optimizer.step()
    return (time.perf_counter() - start) / STEPS * 1e6


for line in sys.stdin:
    print(microseconds([int(size) for size in line.split("-")]), flush=True)
