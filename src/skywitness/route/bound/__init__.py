"""Upper bounds: what no route under the same limits can exceed, with a proof that anybody can evaluate again."""
