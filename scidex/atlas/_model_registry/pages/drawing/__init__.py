"""Pictures: the geometry of graphs and charts, for SVG."""
