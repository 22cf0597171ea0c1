#!/usr/bin/env python3
"""Writes tests/stats_reference.txt: made-up samples, and what scipy and statsmodels say of them, for
tests/test_stats.c to compare. Needs numpy, scipy and statsmodels; the product and its tests do not.

  tests/stats_reference.py > tests/stats_reference.txt

Each line: a name, then numbers. Resampling uses indices that scipy's bootstrap draws from the same
generator, which is checked here.

SPDX-License-Identifier: Apache-2.0
"""
import numpy as np
from scipy import optimize, stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

RESAMPLES, SEED = 400, 20
CLUSTERS = 40


def say(name, *values):
    flat = np.concatenate([np.atleast_1d(np.asarray(v, dtype=float)).ravel() for v in values])
    print(name, *(format(x, '.10g') for x in flat))


def bootstrap(columns, statistic):
    """scipy's BCa interval, with the indices it drew."""
    rng = np.random.default_rng(SEED)
    indices = rng.integers(0, CLUSTERS, (RESAMPLES, CLUSTERS))
    result = stats.bootstrap(columns, statistic, n_resamples=RESAMPLES, paired=True, vectorized=False,
                             confidence_level=0.95, method='BCa', rng=np.random.default_rng(SEED))
    mine = [statistic(*(c[i] for c in columns)) for i in indices]
    assert np.allclose(mine, result.bootstrap_distribution)
    interval = result.confidence_interval
    return statistic(*columns), interval.low, interval.high, result.standard_error


def ridge(x, y, c):
    return np.linalg.solve(x.T @ x + np.eye(x.shape[1]) / (2 * c), x.T @ y)


def detectable(n, discordance, alpha, power):
    za, zb = stats.norm.ppf(1 - alpha / 2), stats.norm.ppf(power)

    def excess(d):
        share = max(d, discordance)
        return (za * share ** .5 + zb * (share - d * d) ** .5) ** 2 / d ** 2 - n
    return optimize.brentq(excess, 1e-6, 1)


def main():
    rng = np.random.default_rng(SEED + 1)
    indices = np.random.default_rng(SEED).integers(0, CLUSTERS, (RESAMPLES, CLUSTERS))
    say('indices', indices)
    difference = rng.gamma(1.5, 1, CLUSTERS).round(3) - 1
    size = rng.integers(1, 5, CLUSTERS).astype(float)
    say('difference', difference)
    say('size', size)
    say('mean', *bootstrap((difference, np.ones(CLUSTERS)), lambda d, n: d.sum() / n.sum()))
    say('cluster_mean', *bootstrap((difference, size), lambda d, n: d.sum() / n.sum()))
    arm, base = rng.binomial(size.astype(int), .4), rng.binomial(size.astype(int), .2)
    say('arm', arm)
    say('base', base)

    def log_ratio(a, n, b, m):
        return (np.log((a.sum() + .5) / (n.sum() + .5)) - np.log((b.sum() + .5) / (m.sum() + .5)))
    say('log_ratio', *bootstrap((arm.astype(float), size, base.astype(float), size), log_ratio))
    for gains, losses in ((3, 9), (0, 5), (7, 7), (1, 12), (24, 10)):
        result = mcnemar([[10, gains], [losses, 20]], exact=True)
        say('mcnemar', gains, losses, result.pvalue)
    few = rng.normal(.4, 1, 12).round(3)

    def statistic(d, axis=-1):
        return np.abs(d.sum(axis=axis))
    result = stats.permutation_test((few,), statistic, permutation_type='samples',
                                    n_resamples=np.inf, alternative='greater', vectorized=True)
    say('flip', few, result.pvalue)
    p = np.sort(rng.uniform(0, 1, 15) ** 3).round(6)
    rng.shuffle(p)
    say('bh', p, multipletests(p, method='fdr_bh')[1])
    for q in (.001, .025, .2, .5, .8, .999):
        say('normal', q, stats.norm.ppf(q), stats.norm.cdf(q), 2 * stats.norm.sf(q))
    for n, discordance, alpha in ((150, .1, .05), (150, .1, .001), (2000, .3, .05)):
        say('detectable', n, discordance, alpha, detectable(n, discordance, alpha, .8))
    points = rng.normal(size=(8, 3))

    def distances(column):
        return np.abs(points[:, column][:, None] - points[:, column][None, :])
    upper = np.triu_indices(8, 1)
    a, b, c = (distances(i) for i in range(3))
    r = [np.corrcoef(x[upper], y[upper])[0, 1] for x, y in ((a, b), (a, c), (b, c))]
    say('mantel', points.T, r[0], (r[0] - r[1] * r[2]) / ((1 - r[1] ** 2) * (1 - r[2] ** 2)) ** .5)
    x = (rng.uniform(size=(200, 6)) < .3).astype(float)
    y = (x @ np.array([.5, 0, -.3, .2, 0, .1]) + rng.normal(0, .3, 200)).round(3)
    say('rows', x)
    say('outcome', y)
    for c in (.001, .01, .1, 1, 10, 100):
        say('ridge', c, ridge(x, y, c))
    truth, answer = rng.integers(0, 3, 80), rng.integers(0, 3, 80)
    counts = [(np.sum((answer == k) & (truth == k)), np.sum((answer == k) & (truth != k)),
               np.sum((answer != k) & (truth == k))) for k in range(3)]
    f1 = np.mean([2 * t / (2 * t + p + n) for t, p, n in counts])
    say('f1', np.array(counts), f1)


if __name__ == '__main__':
    main()
