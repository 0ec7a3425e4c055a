"""The quantiles that no closed formula gives: of the normal and of the gamma law."""

from __future__ import annotations

import math

from sim.machine.compiling import rule

_SMALLEST = 2.0**-53


@rule
def normal_quantile(u: float) -> float:
    """Invert the standard normal law (Wichura, algorithm AS 241, PPND16, Applied Statistics 37, 1988)."""
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        top = ((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r
                 + 4.5921953931549871457e4) * r + 1.3731693765509461125e4) * r + 1.9715909503065514427e3) * r
               + 1.3314166789178437745e2) * r + 3.3871328727963666080e0  # fmt: skip
        bottom = ((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r
                    + 2.1213794301586595867e4) * r + 5.3941960214247511077e3) * r + 6.8718700749205790830e2) * r
                  + 4.2313330701600911252e1) * r + 1.0  # fmt: skip
        return q * top / bottom
    r = math.sqrt(-math.log(u if q < 0.0 else 1.0 - u))
    if r <= 5.0:
        r -= 1.6
        top = ((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r
                 + 1.27045825245236838258e0) * r + 3.64784832476320460504e0) * r + 5.76949722146069140550e0) * r
               + 4.63033784615654529590e0) * r + 1.42343711074968357734e0  # fmt: skip
        bottom = ((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) * r
                    + 1.48103976427480074590e-1) * r + 6.89767334985100004550e-1) * r + 1.67638483018380384940e0) * r
                  + 2.05319162663775882187e0) * r + 1.0  # fmt: skip
    else:
        r -= 5.0
        top = ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r
                 + 2.65321895265761230930e-2) * r + 2.96560571828504891230e-1) * r + 1.78482653991729133580e0) * r
               + 5.46378491116411436990e0) * r + 6.65790464350110377720e0  # fmt: skip
        bottom = ((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r
                    + 7.86869131145613259100e-4) * r + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r
                  + 5.99832206555887937690e-1) * r + 1.0  # fmt: skip
    return -top / bottom if q < 0.0 else top / bottom


@rule
def normal_cdf(z: float) -> float:
    """Return the standard normal distribution function, kept inside of (0, 1)."""
    return min(max(0.5 * math.erfc(-z * math.sqrt(0.5)), _SMALLEST), 1.0 - _SMALLEST)


@rule
def gamma_cdf(x: float, shape: float, lgamma_shape: float) -> float:
    """Return the regularised lower incomplete gamma function P(shape, x).

    Series below ``shape + 1``, Lentz's continued fraction above (Abramowitz and Stegun 6.5.29 and 6.5.31).
    """
    if x <= 0.0:
        return 0.0
    front = math.exp(shape * math.log(x) - x - lgamma_shape)
    if x < shape + 1.0:
        term = total = 1.0 / shape
        n = shape
        while abs(term) > 1e-17 * abs(total):
            n += 1.0
            term *= x / n
            total += term
        return front * total
    b = x + 1.0 - shape
    c = 1e300
    d = 1.0 / b
    h = d
    i = 0.0
    step = 0.0
    while abs(step - 1.0) > 1e-16 and i < 10_000:
        i += 1.0
        a = -i * (i - shape)
        b += 2.0
        d = 1.0 / (a * d + b)
        c = b + a / c
        step = d * c
        h *= step
    return 1.0 - front * h


@rule
def gamma_quantile(u: float, shape: float, lgamma_shape: float) -> float:
    """Invert the gamma law of scale one: Wilson-Hilferty's start, then safeguarded Newton steps."""
    low, high = 0.0, math.inf
    z = normal_quantile(u)
    cube = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * math.sqrt(shape))
    x = shape * cube * cube * cube
    small = math.exp((math.log(u) + lgamma_shape + math.log(shape)) / shape)
    if small < 1e-16:  # the first term of the series is then the whole of it, down to values that underflow to 0
        return small
    if cube <= 0.2 or shape < 1.0:
        x = small
    for _ in range(100):
        below = gamma_cdf(x, shape, lgamma_shape) - u
        if below > 0.0:
            high = min(high, x)
        else:
            low = max(low, x)
        density = math.exp((shape - 1.0) * math.log(x) - x - lgamma_shape)
        nearer = x - below / density if density > 0.0 else -1.0
        if not low < nearer < high:
            nearer = 0.5 * (low + high) if high < math.inf else 2.0 * x + 1e-300
        if abs(nearer - x) <= 1e-15 * nearer:
            return nearer
        x = nearer
    return x
