"""Pictures: graphs and charts as SVG."""
