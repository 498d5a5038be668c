#include "engine/results/layout.hpp"

namespace segue {

Hdf5Handle text_type(std::size_t bytes) {
    Hdf5Handle type{H5Tcopy(H5T_C_S1), H5Tclose, "text type"};
    checked(H5Tset_size(type.id(), bytes), "text size");
    checked(H5Tset_cset(type.id(), H5T_CSET_UTF8), "text encoding");
    checked(H5Tset_strpad(type.id(), H5T_STR_NULLTERM), "text padding");
    return type;
}

Hdf5Handle memory_access() {
    Hdf5Handle access{H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "file access"};
    checked(H5Pset_fapl_core(access.id(), std::size_t{1} << 20U, false), "file in memory");
    checked(H5Pset_libver_bounds(access.id(), H5F_LIBVER_V18, H5F_LIBVER_V18), "version bounds");
    return access;
}

}  // namespace segue
