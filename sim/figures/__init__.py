"""Figures: one function each, from data to axes; the title states the finding, and intervals are always drawn."""

from sim.figures.best import best_figure
from sim.figures.break_even import break_even_figure
from sim.figures.comparison import forest
from sim.figures.cost_waterfall import comparison_waterfall, cost_waterfall, waterfall_table
from sim.figures.effort_distribution import effort_distribution, effort_table
from sim.figures.fit import fit_figure
from sim.figures.frontier import frontier_figure
from sim.figures.generations import generations_figure
from sim.figures.heat_map import heat_map
from sim.figures.indices import indices_figure
from sim.figures.journey_graph import journey_graph_figure
from sim.figures.journey_strip import journey_strip
from sim.figures.lever_waterfall import lever_waterfall
from sim.figures.placed import placed_figure
from sim.figures.saving import save
from sim.figures.staffing import staff_figure
from sim.figures.strip_tables import strip_tables
from sim.figures.sweep import sweep_figure
from sim.figures.tornado import tornado_figure
from sim.figures.translated import translated
from sim.measures.customers import interesting_customer

__all__ = [
    "best_figure",
    "break_even_figure",
    "comparison_waterfall",
    "cost_waterfall",
    "effort_distribution",
    "effort_table",
    "fit_figure",
    "forest",
    "frontier_figure",
    "generations_figure",
    "heat_map",
    "indices_figure",
    "interesting_customer",
    "journey_graph_figure",
    "journey_strip",
    "lever_waterfall",
    "placed_figure",
    "save",
    "staff_figure",
    "strip_tables",
    "sweep_figure",
    "tornado_figure",
    "translated",
    "waterfall_table",
]
