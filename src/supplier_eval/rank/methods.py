"""All ranking methods that the package brings, put into the registry."""

from __future__ import annotations

from supplier_eval.rank import (
    additive,
    aras,
    codas,
    copras,
    edas,
    electre,
    mabac,
    moora,
    promethee,
    spotis,
    topsis,
    vikor,
    waspas,
    weighted_product,
)
from supplier_eval.rank.method import METHODS, RankingMethod, ranking_method, register_method

__all__ = ["METHODS", "RankingMethod", "ranking_method", "register_method"]

for _method in (
    *(additive.METHOD, weighted_product.METHOD, waspas.METHOD, topsis.METHOD, vikor.METHOD),
    *promethee.METHODS_OF,
    *(electre.METHOD, copras.METHOD, edas.METHOD, mabac.METHOD, moora.METHOD, aras.METHOD, codas.METHOD),
    spotis.METHOD,
):
    register_method(_method)
