"""Prints the polynomial coefficients of the vector exponential and hyperbolic tangent in Sources/CKernels.

Both are least-squares fits at Chebyshev nodes, weighted towards equal relative error, in 50-digit arithmetic
rounded to float32; the printed error is the relative error of the polynomial alone.

    python3 analysis/fit_polynomials.py        # needs mpmath
"""

import mpmath as mp

mp.mp.dps = 50


def fit(function, low, high, degree, weight):
    """Coefficients c[0..degree] of the polynomial nearest to `function` on [low, high] under `weight`."""
    count = 4 * (degree + 1)
    nodes = [
        (low + high) / 2 + (high - low) / 2 * mp.cos(mp.pi * (2 * k + 1) / (2 * count)) for k in range(count)
    ]
    matrix = mp.matrix(count, degree + 1)
    target = mp.matrix(count, 1)
    for row, x in enumerate(nodes):
        w = weight(x)
        for column in range(degree + 1):
            matrix[row, column] = w * x**column
        target[row] = w * function(x)
    return list(mp.lu_solve(matrix, target))


def report(name, coefficients, approximation, exact, low, high):
    worst = max(
        abs(approximation(x) / exact(x) - 1)
        for x in (low + (high - low) * mp.mpf(k) / 2000 for k in range(1, 2000))
        if exact(x) != 0
    )
    print(name, "relative error", mp.nstr(worst, 3))
    for power, value in enumerate(coefficients):
        print(f"  c{power} = {mp.nstr(value, 10)}f")


def main():
    half = mp.log(2) / 2 * mp.mpf("1.001")
    # exp(r) = 1 + r + r^2 p(r)
    tail = lambda r: (mp.exp(r) - 1 - r) / r**2 if r else mp.mpf(1) / 2
    p = fit(tail, -half, half, 4, lambda r: r**2 + mp.mpf("1e-4"))
    report("exp", p, lambda r: 1 + r + r**2 * mp.polyval(p[::-1], r), mp.exp, -half, half)
    # tanh(x) = x + x^3 q(x^2) for |x| < 0.625
    edge = mp.mpf("0.625") ** 2
    cubic = lambda u: (mp.tanh(mp.sqrt(u)) / mp.sqrt(u) - 1) / u if u else -mp.mpf(1) / 3
    q = fit(cubic, mp.mpf(0), edge, 4, lambda u: u + mp.mpf("1e-4"))
    report(
        "tanh", q, lambda x: x + x**3 * mp.polyval(q[::-1], x**2), mp.tanh, mp.mpf(0), mp.mpf("0.625")
    )


main()
