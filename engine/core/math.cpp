#include "engine/core/math.hpp"

#include <cmath>

#include <sleef.h>

namespace segue::math {

double exp(double x) noexcept { return Sleef_cinz_expd1_u10purec(x); }
double expm1(double x) noexcept { return Sleef_cinz_expm1d1_u10purec(x); }
double log(double x) noexcept { return Sleef_cinz_logd1_u10purec(x); }
double log1p(double x) noexcept { return Sleef_cinz_log1pd1_u10purec(x); }
double pow(double x, double y) noexcept { return Sleef_cinz_powd1_u10purec(x, y); }
double sqrt(double x) noexcept { return std::sqrt(x); }  // IEEE 754 fixes every bit of a square root
double log_gamma(double x) noexcept { return Sleef_cinz_lgammad1_u10purec(x); }

double normal_cdf(double x) noexcept {
    constexpr double inverse_root_2 = 0.70710678118654752440;
    return 0.5 * Sleef_cinz_erfcd1_u15purec(-x * inverse_root_2);
}

double normal_quantile(double p) noexcept {
    constexpr double a[] = {-3.969683028665376e+01, 2.209460984245205e+02,  -2.759285104469687e+02,
                            1.383577518672690e+02,  -3.066479806614716e+01, 2.506628277459239e+00};
    constexpr double b[] = {-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02,
                            6.680131188771972e+01, -1.328068155288572e+01};
    constexpr double c[] = {-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
                            -2.549732539343734e+00, 4.374664141464968e+00,  2.938163982698783e+00};
    constexpr double d[] = {7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00};
    constexpr double tail = 0.02425;
    double x = 0;
    if (p < tail || p > 1 - tail) {
        const double q = sqrt(-2 * log(p < tail ? p : 1 - p));
        x = (((((c[0] * q + c[1]) * q + c[2]) * q + c[3]) * q + c[4]) * q + c[5]) /
            ((((d[0] * q + d[1]) * q + d[2]) * q + d[3]) * q + 1);
        if (p > 1 - tail) x = -x;
    } else {
        const double q = p - 0.5;
        const double r = q * q;
        x = (((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * q /
            (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1);
    }
    constexpr double root_2_pi = 2.50662827463100050242;
    const double error = (normal_cdf(x) - p) * root_2_pi * exp(x * x / 2);
    return x - error / (1 + x * error / 2);
}

double gamma_cdf(double shape, double x) noexcept {
    if (x <= 0) return 0;
    const double front = exp(shape * log(x) - x - log_gamma(shape));
    if (x < shape + 1) {
        double term = 1 / shape;
        double sum = term;
        for (int n = 1; n < 500 && term > sum * 1e-16; ++n) {
            term *= x / (shape + n);
            sum += term;
        }
        return front * sum;
    }
    constexpr double tiny = 1e-300;
    double b = x + 1 - shape;
    double c = 1 / tiny;
    double d = 1 / b;
    double fraction = d;
    for (int n = 1; n < 500; ++n) {
        const double step = -n * (n - shape);
        b += 2;
        d = step * d + b;
        d = 1 / (d == 0 ? tiny : d);
        c = b + step / c;
        if (c == 0) c = tiny;
        const double change = d * c;
        fraction *= change;
        if (change > 1 - 1e-15 && change < 1 + 1e-15) break;
    }
    return 1 - front * fraction;
}

double gamma_quantile(double shape, double p) noexcept {
    double low = 0;
    double high = shape + 1;
    while (gamma_cdf(shape, high) < p) high *= 2;
    for (int step = 0; step < 100 && high - low > 1e-12 * high; ++step) {
        const double middle = (low + high) / 2;
        (gamma_cdf(shape, middle) < p ? low : high) = middle;
    }
    return (low + high) / 2;
}

}  // namespace segue::math
