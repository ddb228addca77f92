"""Places of nodes: apart, the same from run to run, quick."""

import time

import networkx
import pytest

from kg.render.layout import layout

GRAPHS = {
    "none": networkx.Graph(), "one": networkx.empty_graph(1), "two apart": networkx.empty_graph(2), "a pair": networkx.path_graph(2),
    "a line": networkx.path_graph(9), "a star": networkx.star_graph(40), "a ring": networkx.cycle_graph(12),
    "all with all": networkx.complete_graph(9), "a loop on itself": networkx.Graph([(0, 0), (0, 1)]),
    "many parts": networkx.disjoint_union_all([networkx.path_graph(n) for n in (1, 2, 3, 9)]),
}


@pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS)
def test_no_two_nodes_stand_on_one_place(graph):
    places = layout(graph)
    assert set(places) == set(graph)
    points = list(places.values())
    assert all((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 >= 25 ** 2 for n, a in enumerate(points) for b in points[:n])


def test_the_same_graph_the_same_places():
    graph = networkx.barabasi_albert_graph(60, 2, seed=3)
    assert layout(graph) == layout(graph.copy())


def test_three_hundred_nodes_take_less_than_three_seconds():
    graph = networkx.barabasi_albert_graph(300, 2, seed=3)
    start = time.process_time()
    layout(graph)
    assert time.process_time() - start < 3
