# Does what a third party does: installs the SDK, builds the template with nothing else of this tree, checks it.
function(run what)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${what} failed:\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})
file(COPY ${TEMPLATE}/ DESTINATION ${WORK}/source)
run("installing the SDK" ${CMAKE_COMMAND} --install ${BUILD} --component sdk --prefix ${WORK}/sdk)
run("configuring the template" ${CMAKE_COMMAND} -S ${WORK}/source -B ${WORK}/build -DCMAKE_CXX_COMPILER=${COMPILER}
  -DSHEAVE_INCLUDE=${WORK}/sdk/include)
run("building the template" ${CMAKE_COMMAND} --build ${WORK}/build)
run("checking the template" ${WORK}/sdk/bin/sheave-plugin-check ${WORK}/build/template_chains.so)
message(STATUS "${output}")
