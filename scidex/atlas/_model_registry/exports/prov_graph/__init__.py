"""A model's provenance as W3C PROV (https://www.w3.org/TR/prov-dm/), in the notations of the library ``prov``."""
