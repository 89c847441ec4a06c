"""How much inspection is enough: chances of finding what is false or hidden, and the cheapest way to a wanted chance.

It computes, it judges nobody: every figure stands on assumptions that are printed beside it.
"""
